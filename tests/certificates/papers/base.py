"""What sample papers have in common: an organ, a unit, an application, remedies."""

from typing import Any

SPECIALTIES = [
    "大地测量", "测绘航空摄影", "摄影测量与遥感", "工程测量", "海洋测绘",
    "界线与不动产测绘", "地理信息系统工程", "地图编制", "导航电子地图制作", "互联网地图服务",
]  # fmt: skip
LONG_NAME = "中国电建集团西北勘测设计研究院有限公司陕西地理信息与不动产测绘工程技术研究分公司"
REMEDIES = {"reconsideration_organ": "陕西省人民政府", "court": "西安铁路运输法院"}
UNIT: dict[str, Any] = {
    "organ": "陕西省自然资源厅",
    "unit_name": "西安秦岭测绘有限公司",
    "uscc": "91610100MA6U8K3X2T",
    "issued_on": "2026-11-20",
    "verify_url": "https://cartouche.example.gov.cn/verify/61100013?t=K7Q2M9X4PA",
}
PAPER: dict[str, Any] = {
    **UNIT,
    "document_number": "陕测资受〔2026〕15号",
    "matter": "测绘资质",
    "case_number": "SN-2026-000128",
    "submitted_on": "2026-11-02",
    "enquiry_phone": "029-8765 4321",
    "class_name": "甲级",
    "specialties": ["工程测量", "地理信息系统工程"],
    "handler": "王喆",
}
CERTIFICATE: dict[str, Any] = {
    **UNIT,
    "class_name": "甲级",
    "certificate_number": "甲测资字61100013",
    "legal_representative": "李镕",
    "address": "陕西省西安市雁塔区科技路 48 号创业广场 B 座 1203 室",
    "specialties": ["工程测量", "地理信息系统工程"],
    "valid_from": "2026-11-20",
    "valid_until": "2031-11-19",
}
LONG_UNIT: dict[str, Any] = {
    "organ": "新疆维吾尔自治区自然资源厅",
    "unit_name": LONG_NAME,
    "specialties": SPECIALTIES,
}

// A person's step: who takes it, with which form, within which time.
import { propertiesOf } from '../extension.js';
import { choice, section, text, tick } from './inputs.js';
import { nameOrNothing, wholeDays } from './literals.js';

const labelled = (list) => list.map(({ key, label }) => [key, label]);

export function task(context) {
  const { element, owner, catalogue, extension, tasks } = context;
  const now = propertiesOf(owner);
  const set = (name) => (value) => extension.setProperties(element, owner, { [name]: value });
  const roles = labelled(catalogue.roles);
  return [
    section(
      '办理设置',
      choice('办理角色', now.role ?? '', roles, set('role')),
      choice('表单', now.form ?? '', labelled(catalogue.forms), set('form'), {
        empty: '与环节编号同名的表单',
        hint: '没有同名表单的，只显示下面的表单字段和办理结果。',
      }),
      choice('不得与谁为同一人', now.not_by ?? '', tasks.filter(([id]) => id !== owner.id), set('not_by'), { empty: '不限' }),
      tick('原案件的经办人回避', now.not_by_origin === 'yes', (on) => set('not_by_origin')(on ? 'yes' : '')),
      text('指定办理人的变量', now.assignee ?? '', set('assignee'), { check: nameOrNothing, hint: '变量的值是办理人的账号；不填的，有此角色的人都可以办理。' }),
    ),
    section(
      '时限',
      text('办理时限（工作日）', now.days ?? '', set('days'), { check: wholeDays, mode: 'numeric', hint: '本环节最多办理多少个工作日；不填的不单独限定。' }),
      tick('计入法定期限', now.counted !== 'no', (on) => set('counted')(on ? '' : 'no'), '检验、检测、听证、专家评审等依法不计入的，取消勾选（《行政许可法》第四十五条）。'),
      choice('显示哪个时限', now.clock ?? '', labelled(catalogue.clocks), set('clock'), { empty: '不显示' }),
    ),
  ];
}

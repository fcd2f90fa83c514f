// bpmn-js-token-simulation writes English markup and style attributes straight into the page. While it
// is bundled, its words become Chinese and its style attributes data-style (src/studio/simulation.js
// applies them). A word that is no longer there stops the build: look at the new version's screens.
import { readFileSync } from 'node:fs';
import { sep } from 'node:path';

const WORDS = {
  'element-support/ElementSupport.js': { "'Found unsupported elements'": "'图中有不能推演的元素'", "'Not supported'": "'不能推演'" },
  'log/Log.js': {
    "'Service Task'": "'自动环节'",
    "'User Task'": "'人工环节'",
    "'Call Activity'": "'调用环节'",
    "'Business Rule Task'": "'规则环节'",
    "'Exclusive Gateway'": "'排他网关'",
    "'Parallel Gateway'": "'并行网关'",
    "'Start Event'": "'开始事件'",
    "'Intermediate Event'": "'中间事件'",
    "'Boundary Event'": "'边界事件'",
    "'End Event'": "'结束事件'",
    "'SubProcess'": "'子流程'",
    "'Process'": "'办件'",
    "completed ? 'finished' : 'canceled'": "completed ? '办结' : '终止'",
    '} started`': '} 开始`',
    'Simulation Log': '走动记录',
    'Toggle 走动记录': '走动记录',
    'No Entries': '还没有记录',
    'aria-label="Close"': 'aria-label="关闭"',
  },
  'show-scopes/ShowScopes.js': { 'title="Focus process instance ': 'title="只看这一件 ' },
  'reset-simulation/ResetSimulation.js': { 'Reset Simulation': '重新开始' },
  'pause-simulation/PauseSimulation.js': { 'Play/Pause Simulation': '继续或暂停', 'Pause Simulation': '已暂停', 'Play Simulation': '继续走动' },
  'set-animation-speed/SetAnimationSpeed.js': { 'Set animation speed = ${ label }': '走动速度 ${ idx + 1 }' },
  'context-pads/handler/ExclusiveGatewayHandler.js': { 'Set Sequence Flow': '改走另一条连线' },
  'context-pads/handler/PauseHandler.js': { "${ wait ? 'Remove' : 'Add' } pause point": "${ wait ? '取消暂停点' : '在此暂停' }" },
  'context-pads/handler/TriggerHandler.js': { 'Trigger Event': '触发' },
  'simulation-state/SimulationState.js': { "'Finished'": "'已走到结束'" },
};
const STYLED = /(?<= |`)style="(?=(color|background):)/g;

function translated(path, source) {
  const [, words] = Object.entries(WORDS).find(([end]) => path.endsWith(end)) ?? [];
  return Object.entries(words ?? {}).reduce((text, [english, chinese]) => {
    if (!text.includes(english)) throw new Error(`${path}: “${english}” is gone`);
    return text.replaceAll(english, chinese);
  }, source).replace(STYLED, 'data-style="');
}

export const simulationWords = {
  name: 'simulation-words',
  setup(build) {
    build.onLoad({ filter: /bpmn-js-token-simulation[\\/]lib[\\/].*\.js$/ }, ({ path }) => ({
      contents: translated(path.split(sep).join('/'), readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

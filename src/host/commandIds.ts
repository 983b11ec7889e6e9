/** Each command that the manifest contributes: known before the code behind it is loaded. */
export const COMMAND_IDS = [
  'easel.generate',
  'easel.edit',
  'easel.vary',
  'easel.widen',
  'easel.blend',
  'easel.insert',
  'easel.makePictures',
  'easel.setApiKey',
  'easel.clearApiKey',
  'easel.selectModel',
  'easel.openStudio',
  'easel.showHistory',
  'easel.showCosts',
  'easel.exportLedger',
  'easel.showLog',
] as const;

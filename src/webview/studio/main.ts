import { stylePage } from '../shared/pageStyles';
import { acquireApi } from '../shared/vscodeApi';
import { StudioController } from './controller';
import { StudioElement } from './studio';

stylePage();
// The page came with the element in it, and with what it shows until it has been drawn.
const studio = document.querySelector('easel-studio');
if (studio instanceof StudioElement) void new StudioController(acquireApi(), studio).start();

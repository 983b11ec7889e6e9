import { stylePage } from '../shared/pageStyles';
import { acquireApi } from '../shared/vscodeApi';
import { StudioController } from './controller';
import { Studio } from './studio';

stylePage();
// The page came with the element in it, and with what it shows until it has been drawn.
const studio = document.querySelector('easel-studio');
if (studio instanceof Studio) void new StudioController(acquireApi(), studio).start();

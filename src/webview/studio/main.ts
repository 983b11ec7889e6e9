import { stylePage } from '../shared/pageStyles';
import { acquireApi } from '../shared/vscodeApi';
import { StudioController } from './controller';
import { Studio } from './studio';

stylePage();
const studio = new Studio();
studio.role = 'main';
document.body.append(studio);
void new StudioController(acquireApi(), studio).start();

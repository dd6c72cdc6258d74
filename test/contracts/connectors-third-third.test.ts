import { suiteOf } from './connector-suite.ts';

suiteOf(2);

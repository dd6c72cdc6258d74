// Slack's client is CommonJS: a bundler hands out its names through a static import only. This file is what is loaded late.
export { WebClient } from '@slack/web-api';

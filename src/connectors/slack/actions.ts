import { restrictApp, uninstallApp } from './apps.ts';
import { invite } from './invite.ts';
import { postStatus } from './post.ts';
import { revokeToken } from './revoke.ts';
import { endSessions } from './sessions.ts';
import { setTopic } from './topic.ts';
import { uploadFile } from './upload.ts';
import { openWarRoom } from './war-room.ts';

export const actions = {
  'open-war-room': openWarRoom,
  invite,
  'set-topic': setTopic,
  'post-status': postStatus,
  'upload-file': uploadFile,
  'revoke-token': revokeToken,
  'restrict-app': restrictApp,
  'uninstall-app': uninstallApp,
  'end-sessions': endSessions,
} as const;

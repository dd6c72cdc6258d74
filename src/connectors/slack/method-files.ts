import { isIn, seen, type Said, type Told, type Method } from './method.ts';

/** Files: an address to send the bytes to, then the file itself. */

const uploadUrl = ({ world, args, token, origin }: Told): Said => {
  const length = Number(args['length'] ?? '0');
  if (args['filename'] === undefined || !(length > 0)) return { error: 'invalid_arguments' };
  const id = `F${String(world.next).padStart(10, '0')}`;
  const row = {
    id,
    name: args['filename'],
    title: '',
    user: token.user_id,
    length,
    content: '',
    channel: '',
  };
  const next = { ...world, files: [...world.files, row], next: world.next + 1 };
  return { world: next, ok: { upload_url: `${origin}/upload/v1/${id}`, file_id: id } };
};

const completeUpload = (told: Told): Said => {
  const { world, args } = told;
  const asked = JSON.parse(args['files'] ?? '[]') as readonly Readonly<{ id: string; title?: string }>[];
  const channel = seen(told, args['channel_id']);
  if (channel === undefined || !isIn(channel, told)) return { error: 'channel_not_found' };
  if (asked.some(({ id }) => !world.files.some((file) => file.id === id && file.content !== '')))
    return { error: 'file_not_found' };
  const files = world.files.map((file) => {
    const found = asked.find(({ id }) => id === file.id);
    return found === undefined ? file : { ...file, title: found.title ?? file.name, channel: channel.id };
  });
  return {
    world: { ...world, files },
    ok: { files: asked.map(({ id, title }) => ({ id, title: title ?? '' })) },
  };
};

const listFiles = (told: Told): Said => {
  const count = Number(told.args['count'] ?? '100');
  const rows = told.world.files.filter(
    (file) => file.channel !== '' && (told.args['channel'] ?? file.channel) === file.channel,
  );
  const files = rows
    .toReversed()
    .slice(0, count)
    .map(({ id, name, title, user, length }) => ({ id, name, title, user, size: length }));
  return { world: told.world, ok: { files, paging: { count, total: rows.length, page: 1, pages: 1 } } };
};

export const files: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': { scopes: ['files:write'], serve: uploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], serve: completeUpload },
  'files.list': { scopes: ['files:read'], serve: listFiles },
};

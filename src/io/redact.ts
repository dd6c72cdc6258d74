/**
 * Removes known secret values, and their usual encodings, from any text that leaves the tool. The first line of defence is
 * that secrets travel as `Secret` and are never put into text; this is the second.
 */
export const redact = (secrets: readonly string[]): ((text: string) => string) => {
  const forms = secrets
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => {
      const bytes = Buffer.from(secret, 'utf8');
      return [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        bytes.toString('base64').replace(/=+$/, ''),
        bytes.toString('base64url'),
        bytes.toString('hex'),
      ];
    })
    .toSorted((a, b) => b.length - a.length);
  const unique = [...new Set(forms)];
  return (text) => unique.reduce((masked, form) => masked.replaceAll(form, '[secret]'), text);
};

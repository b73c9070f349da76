/** A button that sends a verb (and what it needs to be told apart) to the bot. */
export interface Button {
  title: string;
  style: 'default' | 'positive' | 'destructive';
  data: Readonly<Record<string, string>>;
}

export interface Link {
  title: string;
  url: string;
}

export function button(title: string, verb: string, data: Readonly<Record<string, string>> = {}): Button {
  return { title, style: 'default', data: { ...data, verb } };
}

export function mainButton(title: string, verb: string, data: Readonly<Record<string, string>> = {}): Button {
  return { ...button(title, verb, data), style: 'positive' };
}

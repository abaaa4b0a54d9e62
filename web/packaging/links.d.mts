export interface Links {
  homepage?: string;
  repository?: { type: 'git'; url: string };
  bugs?: string;
}

export function links(environment: Readonly<Record<string, string | undefined>>): Links;
export function absolute(text: string, links: Links, version: string): string;

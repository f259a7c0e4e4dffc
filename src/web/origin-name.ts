/** What readers call a service that counted votes. */
export function originName(origin: string): string {
  return origin === 'huggingface' ? 'Hugging Face' : origin;
}

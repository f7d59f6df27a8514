// Copying something that is shown: a secret, a one-time password, a link.
import { showToast } from '../../ui/toast.tsx';

/** Copies and says so at the foot of the window. Answers whether it worked. */
export async function copyText(text: string, what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ message: `${what} copied.`, tone: 'right' });
    return true;
  } catch {
    showToast({
      message: `The clipboard cannot be reached. Select the ${what.toLowerCase()} and copy it by hand.`,
      tone: 'wrong',
    });
    return false;
  }
}

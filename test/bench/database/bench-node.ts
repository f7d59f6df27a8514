// A node of its own for measuring throughput: signs people in, many at once, as long as its parent says.
import { openNode, STEP_MS } from './bench-organization.ts';
import { signIn } from './measure-sign-in.ts';
import { NodeOrder, type NodeResult, NodeSettings } from './node-messages.ts';

const { place, database, signers, nowMs, withHashing, atOnce } = NodeSettings.parse(
  JSON.parse(process.argv[2] ?? ''),
);
const node = await openNode(place, database, { withHashing, nowMs });

/** Everybody once with the next code, and again, until the time is over. */
async function work(forMs: number): Promise<NodeResult> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  let signIns = 0;
  while (performance.now() - startedMs < forMs) {
    node.clock.advance(STEP_MS);
    const waiting = signers.values();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const who of waiting) {
          if (performance.now() - startedMs >= forMs) return;
          await signIn(node, who);
          signIns += 1;
        }
      }),
    );
  }
  const { user, system } = process.cpuUsage(before);
  return { signIns, spentMs: performance.now() - startedMs, processorMs: (user + system) / 1000 };
}

process.on('message', (message) => {
  const { forMs } = NodeOrder.parse(message);
  work(forMs).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

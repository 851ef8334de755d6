import { openLedgerWriter, promotionsTo, sweep } from '@sallyport/pipeline';
import type { Outside, RecordedPromotion, SweepReport } from '@sallyport/pipeline';
import { startScene as startGatekeeperScene } from '../../acceptance/gatekeeper-scene.ts';
import type { Scene as GatekeeperScene } from '../../acceptance/gatekeeper-scene.ts';

const repository = { owner: 'acme', name: 'shop' };

/** acme/shop with a gatekeeper that promotes to staging, on a simulated GitHub. The stories share it, and each brings builds of its own. */
export type PromotionScene = Omit<GatekeeperScene, 'register' | 'start' | 'propose' | 'sweep'> & {
  /** Registers another build; gives its digest. */
  register(): Promise<string>;
  /** One sweep of a gatekeeper of its own; `through` stands between it and everything outside. */
  sweep(through?: (outside: Outside) => Outside): Promise<SweepReport>;
  /** The build's promotions to staging, as recorded. */
  promotionsOf(build: string): Promise<readonly RecordedPromotion[]>;
};

export async function startPromotionScene(): Promise<PromotionScene> {
  const scene = await startGatekeeperScene('staging');
  let builds = 0;
  return {
    ...scene,
    register: () => scene.register(`1.0.0-rc.${(builds += 1)}`),
    sweep: (through = (outside) => outside) => {
      const outside = through(scene.connect());
      return sweep(outside, {
        dryRun: false,
        openLedger: ({ sealed }) => openLedgerWriter(outside.ledger, { policy: sealed.value, repository, privateKeyPem: scene.inputs.ledgerKey, sleep: () => Promise.resolve(), jitter: () => 0 }),
      });
    },
    promotionsOf: async (build) => promotionsTo((await scene.readRecord()).state, 'staging').filter((promotion) => promotion.build === build),
  };
}

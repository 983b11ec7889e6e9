import type { CandidateView, ReferenceView, RunView, UseAction, Wish } from '../../protocol/studio';

/** What a person can do in the studio; the page's parts call it, the page answers for it. */
export interface StudioActions {
  change(change: Partial<Wish>): void;
  /** Takes over a whole wish, the field for variations included. */
  reuse(wish: Wish): void;
  run(): void;
  chooseEngine(): void;
  again(run: RunView): void;
  cancel(run: RunView): void;
  cancelAll(): void;
  dismiss(run: RunView): void;
  remedy(run: RunView): void;
  enlarge(candidate: CandidateView): void;
  keep(candidate: CandidateView): void;
  vary(candidate: CandidateView): void;
  discard(candidate: CandidateView): void;
  use(candidate: CandidateView, action: UseAction): void;
  copy(candidate: CandidateView): void;
  /** Has it sent along with the wish that is being written. */
  refer(candidate: CandidateView): void;
  pickReferences(): void;
  /** Takes in what was dropped or pasted; answers whether that held pictures. */
  takeIn(data: DataTransfer): boolean;
  removeReference(reference: ReferenceView): void;
}

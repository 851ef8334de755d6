export type { Admin } from './admin.ts';
export type { RepositoryEvent, SettableClock, SimulatorContext } from './context.ts';
export type { Exchange } from './http/exchange.ts';
export type { Fault } from './http/faults.ts';
export { createSettableClock } from './settable-clock.ts';
export { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator.ts';
export type * from './world/world.ts';

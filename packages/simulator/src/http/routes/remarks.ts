import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import { pageOf } from '../pagination.ts';
import { presentRemark } from '../present/remark.ts';
import type { SimulatorEnv } from '../request.ts';
import { pullOf } from './pulls.ts';

/** Comments on lines of a change. They are read only: `admin.addRemark` makes them. */
export function registerRemarks(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  app.get('/repos/:owner/:repo/pulls/:number/comments', (c) => {
    const { repository, pull } = pullOf(c, context);
    return c.json(pageOf(c, pull.remarks, context.url()).map((remark) => presentRemark(context.url(), repository, pull, remark)));
  });
}

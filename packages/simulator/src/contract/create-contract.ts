import type { Exchange } from '../http/exchange.ts';
import { dereference, githubDescription, type Description, type Operation, type Parameter, type Response, type Schema } from './description.ts';
import { exceptions, type Exception } from './exceptions.ts';
import { createOperationFinder, type FoundOperation } from './find-operation.ts';
import { excerptOf, type Finding, type Mismatch } from './mismatch.ts';
import { createValidators, type Validators } from './validators.ts';

/** Holds exchanges against GitHub's own description, and remembers what does not fit. */
export type Contract = {
  /** Adds to what the others answer. Throws only when the extract itself is broken. */
  check(exchange: Exchange): void;
  mismatches(): readonly Mismatch[];
  /** Operations that were answered with success (a status below 400) at least once. */
  covered(): ReadonlySet<string>;
  /** How often each exception was needed, by its name. */
  excepted(): ReadonlyMap<string, number>;
};

export function createContract(options: { readonly description?: Description; readonly exceptions?: readonly Exception[] } = {}): Contract {
  const description = options.description ?? githubDescription;
  const listed = options.exceptions ?? exceptions;
  const findOperation = createOperationFinder(description);
  const validators = createValidators(description);
  const mismatches: Mismatch[] = [];
  const covered = new Set<string>();
  const excepted = new Map<string, number>();
  const note = (exchange: Exchange, operationId: string | null, finding: Finding): void => {
    const exception = listed.find((candidate) => candidate.covers(exchange, operationId, finding));
    if (exception !== undefined) {
      excepted.set(exception.name, (excepted.get(exception.name) ?? 0) + 1);
      return;
    }
    const { direction, instancePath, message, value } = finding;
    mismatches.push({ operationId, method: exchange.method, path: exchange.path, direction, status: exchange.status, instancePath, message, excerpt: excerptOf(value) });
  };
  return {
    check: (exchange) => {
      const found = findOperation(exchange.method, exchange.path);
      if (found === null) {
        note(exchange, null, { direction: 'request', instancePath: '', message: 'no operation of the extract has this method and path', value: exchange.path });
        return;
      }
      if (exchange.status < 400) covered.add(found.operationId);
      const findings = [...checkRequest(description, validators, found, exchange), ...checkResponse(description, validators, found, exchange)];
      for (const finding of findings) note(exchange, found.operationId, finding);
    },
    mismatches: () => mismatches,
    covered: () => covered,
    excepted: () => excepted,
  };
}

/** A wrong request that was refused got the answer it deserves; one that was accepted is our mistake, on one side or the other. */
function checkRequest(description: Description, validators: Validators, { operationId, operation, pathParameters }: FoundOperation, exchange: Exchange): readonly Finding[] {
  if (exchange.status >= 400) return [];
  const parameters = operation.parameters.map((parameter) => dereference<Parameter>(description, parameter));
  return [
    ...validators.parameters(`${operationId} path`, 'path', parametersSchema(parameters, 'path'), pathParameters),
    ...validators.parameters(`${operationId} query`, 'query', parametersSchema(parameters, 'query'), exchange.query),
    ...checkRequestBody(validators, operationId, operation, exchange),
  ];
}

function parametersSchema(parameters: readonly Parameter[], place: 'path' | 'query'): Schema {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(here.map((parameter) => [parameter.name, parameter.schema])),
    required: here.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    additionalProperties: false,
  };
}

function checkRequestBody(validators: Validators, operationId: string, operation: Operation, { requestBody }: Exchange): readonly Finding[] {
  const described = operation.requestBody;
  const schema = described?.content?.['application/json']?.schema;
  if (requestBody === null) return described?.required === true && schema !== undefined ? [{ direction: 'request', instancePath: '', message: 'must have a body', value: null }] : [];
  if (schema !== undefined) return validators.body(`${operationId} request`, schema, requestBody, 'request');
  const bytes = Object.keys(described?.content ?? {}).length > 0;
  const empty = typeof requestBody === 'object' && Object.keys(requestBody ?? {}).length === 0;
  return bytes || empty ? [] : [{ direction: 'request', instancePath: '', message: 'must have no body', value: requestBody }];
}

function checkResponse(description: Description, validators: Validators, { operationId, operation }: FoundOperation, exchange: Exchange): readonly Finding[] {
  const { status, responseBody } = exchange;
  const finding = (message: string): readonly Finding[] => [{ direction: 'response', instancePath: '', message, value: responseBody }];
  if (status >= 500) return finding('the simulator itself failed');
  const described = operation.responses[String(status)];
  if (described === undefined) {
    const anyError = status >= 400 ? validators.body('basic-error', { $ref: '#/components/schemas/basic-error' }, responseBody, 'response') : [];
    return [...finding(`the description has no status ${status} here`), ...anyError];
  }
  const content = dereference<Response>(description, described).content;
  // GitHub's description leaves the bodies of some errors out; they look like all the others.
  if (content === undefined) return status >= 400 || responseBody === null ? [] : finding('must have no body');
  const type = (exchange.responseHeaders['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const schema = content[type]?.schema;
  if (schema === undefined) return finding(`has the type ${type === '' ? '(none)' : type} instead of ${Object.keys(content).join(' or ')}`);
  return validators.body(`${operationId} ${status} ${type}`, schema, responseBody, 'response');
}

/**
 * Lambda keeps this many concurrent executions of an account unreserved. The limit of a new account is below it, e.g. 10, so
 * that nothing can be reserved there: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export const leastUnreservedExecutions = 100;

/**
 * Runs scripts: batches, variables, flow, errors, transactions, procedures. {@link org.parley.sql.run.Interpreter} is the
 * door; a {@link org.parley.sql.run.ScriptRun} runs statements one after another and hands each to the runner of its kind.
 */
package org.parley.sql.run;

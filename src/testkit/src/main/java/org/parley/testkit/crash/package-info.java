/**
 * Proof that nothing is lost when something fails or a process dies: an application of several threads works with two broker
 * databases and a database of its own in transactions of a real transaction manager, is made to fail, and is looked at afterwards.
 *
 * <p>{@link org.parley.testkit.crash.FaultCase} lets one place of the engine fail; {@link org.parley.testkit.crash.Kills}
 * kills processes at random moments; {@link org.parley.testkit.crash.Soak} lets an application run for long. All need
 * parley-engine, Narayana and Derby on the class path.
 */
package org.parley.testkit.crash;

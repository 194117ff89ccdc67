/**
 * What tests of dialogs need, Parley's own and its users': a clock that moves when the test says so, a server for each
 * test that must leave nothing behind, waiting without sleeping, and randomness that can be repeated.
 *
 * <p>It knows the API alone and finds the engine as every program does, so put parley-engine on the test class path too.
 */
package org.parley.testkit;

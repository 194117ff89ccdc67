/**
 * What the engine tells of itself while it works: counters, and broker events for whoever wants them; service-broker.md,
 * sections 20 and 21. Costs a few additions for each transaction, and for events nothing unless somebody listens.
 */
package org.parley.engine.telemetry;

/**
 * Rollback storms: readers whose transactions end in every way there is, while what was received is booked in the same branch;
 * afterwards each message must be booked once and in order, and nothing may be held any more.
 */
package org.parley.testkit.storm;

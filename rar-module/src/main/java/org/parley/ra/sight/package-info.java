/** What can be seen of the adapter from outside: log messages with ids, counters and health over JMX. */
package org.parley.ra.sight;

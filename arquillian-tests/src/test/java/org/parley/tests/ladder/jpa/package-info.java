/** Entities in the broker database: a part of the ladder's application on servers that have Jakarta Persistence. */
package org.parley.tests.ladder.jpa;

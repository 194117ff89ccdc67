/** The ladder's rung for servers that keep credentials themselves. */
package org.parley.tests.ladder.signon;

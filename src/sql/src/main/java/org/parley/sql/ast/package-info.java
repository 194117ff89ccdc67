/**
 * What a script says, as immutable values: nothing here knows how it was written or how it runs. Names are kept as they
 * were written, without their delimiters; two values are equal when they say the same, wherever it stands.
 */
package org.parley.sql.ast;

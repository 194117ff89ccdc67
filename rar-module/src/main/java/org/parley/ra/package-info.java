/** The resource adapter: translates between Jakarta Connectors and {@link org.parley.spi}, and relays life cycles. */
package org.parley.ra;

/** Lifetimes and conversation timers: one wheel over an injected clock. */
package org.parley.engine.timer;

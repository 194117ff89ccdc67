/** Threads of the engine's own that run one task after the other. */
package org.parley.engine.work;

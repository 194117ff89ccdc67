package org.parley.engine.routing;

import org.parley.engine.queue.GroupHolder;

/** The engine's own hold on a group, for the moment of one small transaction. */
final class EngineHold implements GroupHolder {

    static final EngineHold INSTANCE = new EngineHold();

    private EngineHold() {}

    @Override
    public String describe() {
        return "an engine transaction";
    }
}

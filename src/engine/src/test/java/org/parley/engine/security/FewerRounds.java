package org.parley.engine.security;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Passwords of a test class cost little to make and to guess. */
public final class FewerRounds implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Password.rounds(1_000);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Password.rounds(null);
    }
}

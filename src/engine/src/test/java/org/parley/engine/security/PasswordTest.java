package org.parley.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void isSaltedAndNeverKept() {
        String one = Password.verifierOf("s3cret-word".toCharArray());
        String other = Password.verifierOf("s3cret-word".toCharArray());
        assertThat(one).startsWith("pbkdf2:310000:").isNotEqualTo(other).doesNotContain("s3cret-word");
        assertThat(Password.matches(one, "s3cret-word".toCharArray())).isTrue();
        assertThat(Password.matches(one, "s3cret-worD".toCharArray())).isFalse();
        assertThat(Password.matches(one, new char[0])).isFalse();
    }
}

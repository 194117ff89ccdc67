package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.parley.ErrorNumbers;
import org.parley.engine.Failing;

class InstalledLanguageTest {

    @Test
    void theErrorForAMissingLanguageSaysWhatToAdd() {
        assertThat(InstalledLanguage.seenBy(ClassLoader.getPlatformClassLoader()))
                .isEmpty();
        assertThat(Failing.with(ErrorNumbers.NO_LANGUAGE, () -> InstalledLanguage.required(Optional.empty())))
                .hasMessageContaining("parley-sql");
    }
}

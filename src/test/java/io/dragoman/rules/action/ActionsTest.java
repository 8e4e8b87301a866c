// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.dragoman.rules.schema.SchemaKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of actions and the classes of actions are the same. */
final class ActionsTest {
    @Test
    void everyActionIsInTheTableUnderAWordOfItsOwn() throws Exception {
        List<Class<?>> classes = new ClassFileImporter()
                .importPackages("io.dragoman.rules.action").stream()
                        .filter(each -> each.isAssignableTo(Action.class) && !each.isInterface())
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
        List<SchemaKey> whole = Actions.KEYS.stream()
                .filter(key ->
                        Actions.KEYS.stream().noneMatch(other -> key.path().startsWith(other.path() + ".")))
                .toList();
        // one of them no rule asks for
        assertThat(classes).contains(HearStream.class).hasSize(whole.size() + 1);
        for (Class<?> each : classes) {
            assertThat(Actions.action(Actions.type(each))).isEqualTo(each);
        }
    }
}

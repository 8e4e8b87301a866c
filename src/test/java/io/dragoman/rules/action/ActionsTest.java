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
        List<? extends Class<?>> classes = new ClassFileImporter()
                .importPackages("io.dragoman.rules.action").stream()
                        .filter(each -> each.isAssignableTo(Action.class) && !each.isInterface())
                        .map(JavaClass::reflect)
                        .toList();
        List<SchemaKey> whole = Actions.KEYS.stream()
                .filter(key ->
                        Actions.KEYS.stream().noneMatch(other -> key.path().startsWith(other.path() + ".")))
                .toList();
        assertThat(classes).hasSameSizeAs(whole);
        for (Class<?> each : classes) {
            assertThat(Actions.action(Actions.type(each))).isEqualTo(each);
        }
    }
}

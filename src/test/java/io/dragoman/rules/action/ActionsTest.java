// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
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
        assertThat(classes).hasSameSizeAs(Actions.KEYS);
        for (Class<?> each : classes) {
            assertThat(Actions.action(Actions.type(each))).isEqualTo(each);
        }
    }
}

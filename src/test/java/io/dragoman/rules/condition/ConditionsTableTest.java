// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A condition that is declared is in the table. */
final class ConditionsTableTest {
    @Test
    void everyDeclaredConditionIsInTheTable() throws Exception {
        List<ConditionType> declared = new ArrayList<>();
        for (JavaClass each : new ClassFileImporter().importPackages("io.dragoman.rules.condition")) {
            for (Field field : each.reflect().getDeclaredFields()) {
                if (field.getName().equals("TYPE")) {
                    declared.add((ConditionType) field.get(null));
                } else if (field.getName().equals("TYPES")) {
                    ((List<?>) field.get(null)).forEach(type -> declared.add((ConditionType) type));
                }
            }
        }
        assertThat(declared).hasSizeGreaterThan(20);
        assertThat(Conditions.KEYS)
                .containsAll(declared.stream().map(ConditionType::key).toList());
    }
}

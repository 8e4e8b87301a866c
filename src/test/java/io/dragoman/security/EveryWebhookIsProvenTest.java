// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.dragoman.config.Connectors;
import io.dragoman.config.ScoreCards;
import io.dragoman.connector.Connector;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.Webhook;
import io.dragoman.contract.WebhookSample;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checklist 1: whoever is posted to has the tests that change every byte of body and proof. */
final class EveryWebhookIsProvenTest {
    private static final Pattern PROOF = Pattern.compile("proof (\\d+)");

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPackages("io.dragoman.channel", "io.dragoman.desk", "io.dragoman.connector");

    @Test
    void everyConnectorThatIsPostedToPassesTheContract() {
        Set<String> tested = CLASSES.stream()
                .filter(type -> type.isAssignableTo(ConnectorContract.class)
                        && type.isAssignableTo(WebhookSample.class)
                        && !type.isInterface())
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        Set<String> shipped = new TreeSet<>(); // by their simulators: ShippedConnectorsTest
        Set<String> posted = new TreeSet<>();
        for (Connector connector : Connectors.installed()) {
            if (connector instanceof Webhook) {
                posted.add(connector.getClass().getPackageName());
            }
            Matcher proof = PROOF.matcher(ScoreCards.shipped().get(connector.title()));
            if (proof.find() && Integer.parseInt(proof.group(1)) >= 4) {
                shipped.add(connector.getClass().getPackageName());
            }
        }

        assertThat(posted)
                .contains(
                        "io.dragoman.channel.whatsapp",
                        "io.dragoman.channel.twilio",
                        "io.dragoman.channel.telegram",
                        "io.dragoman.desk.webhook");
        assertThat(posted).allMatch(folder -> tested.contains(folder) || shipped.contains(folder));
    }

    /** Only {@link io.dragoman.connector.Signature} makes what can be read, and it compares in constant time. */
    @Test
    void nothingElseMakesAnAuthenticRequest() {
        JavaClass verified = CLASSES.get("io.dragoman.connector.Verified");
        assertThat(verified.getConstructorCallsToSelf().stream()
                        .map(call -> call.getOriginOwner().getSimpleName())
                        .collect(Collectors.toSet()))
                .containsExactly("Signature");
        JavaClass signature = CLASSES.get("io.dragoman.connector.Signature");
        assertThat(signature.getMethodCallsFromSelf().stream()
                        .map(call -> call.getTargetOwner().getSimpleName() + "." + call.getName())
                        .collect(Collectors.toSet()))
                .contains("MessageDigest.isEqual")
                .doesNotContain("Arrays.equals", "String.equals", "Object.equals");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.Bootstrap;
import io.dragoman.TestGateway;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The files for Kubernetes and Compose name what there is: the image and its user, ports, paths, settings, secrets and
 * metrics of the product, and each other.
 */
final class DeployFilesTest {
    private static final String SQLITE = "deploy/kubernetes/sqlite.yaml";
    private static final String POSTGRESQL = "deploy/kubernetes/postgresql.yaml";
    private static final Path COMPOSE = Path.of("deploy/compose/compose.yaml");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{env:([A-Z0-9_]+)}");
    private static final Pattern LITERAL = Pattern.compile("--from-literal=([A-Z0-9_]+)=");
    /** How long the process takes to end, at most: cli.Run waits so long for what is under way. */
    private static final int STOP_SECONDS = 15;

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {SQLITE, POSTGRESQL})
    void configurationShouldBeOneThatTheProductTakes(String file) throws Exception {
        JsonNode files = one(file, "ConfigMap").path("data");
        Path config = Files.createDirectories(home.resolve("config"));
        Set<String> names = new TreeSet<>();
        for (var entry : files.properties()) {
            Files.writeString(config.resolve(entry.getKey()), entry.getValue().asText());
            names.addAll(found(ENVIRONMENT, entry.getValue().asText()));
        }
        assertThat(found(LITERAL, text(Path.of(file))))
                .as("the command that makes the secret")
                .isEqualTo(names);
        Bootstrap bootstrap = new Bootstrap(
                home, Connectors.installed(), name -> names.contains(name) ? "0123456789abcdef0123456789abcdef" : null);
        Loaded<?> loaded = bootstrap.load(new Random(1));
        assertThat(loaded.problems())
                .singleElement() // channels are the operator's to add
                .asString()
                .isEqualTo("config/channels.yaml has no channels yet: nobody can write. The examples in it show how to"
                        + " add one.");
        assertThat(loaded).isInstanceOf(Loaded.Usable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {SQLITE, POSTGRESQL})
    void podShouldRunTheImageAsItIs(String file) throws Exception {
        JsonNode pod = pod(file);
        JsonNode container = pod.path("containers").get(0);
        String pom = text(Path.of("pom.xml"));
        String version = group("<artifactId>dragoman</artifactId>\\s*<version>([^<]+)</version>", pom);
        assertThat(container.path("image").asText()).isEqualTo("dragoman:" + version);
        String user = group("<user>(\\d+):\\d+</user>", pom);
        assertThat(pod.at("/securityContext/runAsUser").asText()).isEqualTo(user);
        assertThat(pod.at("/securityContext/runAsGroup").asText()).isEqualTo(user);
        assertThat(pod.at("/securityContext/fsGroup").asText()).isEqualTo(user);
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        JsonNode security = container.path("securityContext");
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/resources/requests/cpu").isMissingNode()).isFalse();
        assertThat(container.at("/resources/requests/memory").isMissingNode()).isFalse();
        assertThat(container.at("/resources/limits/memory").isMissingNode()).isFalse();
        String home = group("<DRAGOMAN_HOME>([^<]+)</DRAGOMAN_HOME>", pom);
        assertThat(texts(container.path("volumeMounts"), "mountPath"))
                .containsExactlyInAnyOrder(home + "/data", home + "/config", "/tmp");
        Set<String> volumes = texts(pod.path("volumes"), "name");
        one(file, file.equals(SQLITE) ? "StatefulSet" : "Deployment")
                .at("/spec/volumeClaimTemplates")
                .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
        assertThat(texts(container.path("volumeMounts"), "name")).isEqualTo(volumes);
    }

    @ParameterizedTest
    @ValueSource(strings = {SQLITE, POSTGRESQL})
    void partsShouldFindEachOther(String file) throws Exception {
        JsonNode pod = pod(file);
        JsonNode container = pod.path("containers").get(0);
        Set<String> ports = texts(container.path("ports"), "name");
        JsonNode labels =
                one(file, file.equals(SQLITE) ? "StatefulSet" : "Deployment").at("/spec/template/metadata/labels");
        List<JsonNode> services = all(file, "Service");
        assertThat(services).hasSize(2).allSatisfy(service -> {
            assertThat(service.at("/spec/selector")).isEqualTo(labels);
            assertThat(ports).containsAll(texts(service.at("/spec/ports"), "targetPort"));
        });
        for (String kind : List.of("StatefulSet", "Deployment", "PodDisruptionBudget")) {
            assertThat(all(file, kind)).allSatisfy(selecting -> assertThat(selecting.at("/spec/selector/matchLabels"))
                    .isEqualTo(labels));
        }
        assertThat(container.at("/envFrom/0/secretRef/name").asText()).isEqualTo("dragoman");
        assertThat(pod.path("volumes").findValue("configMap").path("name"))
                .isEqualTo(one(file, "ConfigMap").at("/metadata/name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SQLITE, POSTGRESQL})
    void aPodThatGoesShouldHaveTheTimeItTakes(String file) throws Exception {
        JsonNode pod = pod(file);
        JsonNode command = pod.path("containers").get(0).at("/lifecycle/preStop/exec/command");
        assertThat(command.path(0).asText()).isEqualTo("sleep");
        assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                .isGreaterThan(command.path(1).asInt() + STOP_SECONDS);
        assertThat(text(Path.of("src/main/java/io/dragoman/cli/Run.java")))
                .contains("closed.await(" + STOP_SECONDS + ", TimeUnit.SECONDS)");
    }

    /** Ports, paths and metrics are asked of a gateway that runs. */
    @Test
    void probesAndAutoscalerShouldAskForWhatThereIs() throws Exception {
        try (TestGateway gateway = new TestGateway(home)) {
            for (String file : List.of(SQLITE, POSTGRESQL)) {
                JsonNode container = pod(file).path("containers").get(0);
                for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                    JsonNode get = container.path(probe).path("httpGet");
                    assertThat(get.path("port").asText()).isEqualTo("admin");
                    assertThat(gateway.admin("GET", get.path("path").asText(), null)
                                    .statusCode())
                            .isEqualTo(200);
                }
                JsonNode config = yaml(one(file, "ConfigMap")
                                .at("/data/gateway.yaml")
                                .asText())
                        .get(0);
                assertThat(texts(container.path("ports"), "containerPort"))
                        .containsExactlyInAnyOrder(
                                config.at("/http/port").asText(),
                                config.at("/admin/port").asText());
            }
            JsonNode metric = one(POSTGRESQL, "HorizontalPodAutoscaler").at("/spec/metrics/0/external/metric");
            String kind = metric.at("/selector/matchLabels/kind").asText();
            assertThat(gateway.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                    .isEqualTo(200);
            assertThat(gateway.admin("GET", "/metrics", null).body())
                    .contains(metric.path("name").asText() + "{kind=\"" + kind + "\"}");
        }
    }

    /** SQLite has one process: no second pod may start beside it, and none is asked for. */
    @Test
    void sqliteShouldHaveOneReplicaAndPostgresqlBeUpdatedWithoutAGap() throws Exception {
        assertThat(one(SQLITE, "StatefulSet").at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(all(SQLITE, "HorizontalPodAutoscaler")).isEmpty();
        assertThat(all(SQLITE, "PodDisruptionBudget")).isEmpty();
        JsonNode deployment = one(POSTGRESQL, "Deployment");
        assertThat(deployment.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(1))
                .isZero();
        JsonNode autoscaler = one(POSTGRESQL, "HorizontalPodAutoscaler");
        assertThat(autoscaler.at("/spec/minReplicas").asInt()).isGreaterThan(1);
        assertThat(autoscaler.at("/spec/scaleTargetRef/name")).isEqualTo(deployment.at("/metadata/name"));
        assertThat(one(POSTGRESQL, "PodDisruptionBudget")
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void composeShouldRunTheSameImageAsNarrowly() throws Exception {
        JsonNode service = yaml(text(COMPOSE)).get(0).at("/services/dragoman");
        JsonNode pod = pod(SQLITE);
        assertThat(service.path("image"))
                .isEqualTo(pod.path("containers").get(0).path("image"));
        assertThat(service.path("user").asText())
                .isEqualTo(pod.at("/securityContext/runAsUser").asText() + ":"
                        + pod.at("/securityContext/runAsGroup").asText());
        assertThat(service.path("read_only").asBoolean()).isTrue();
        assertThat(service.at("/cap_drop/0").asText()).isEqualTo("ALL");
        assertThat(service.at("/healthcheck/test/3").asText()).contains("/8081", "GET /health/ready ");
        assertThat(service.path("stop_grace_period").asText()).isEqualTo("30s");
    }

    private static JsonNode pod(String file) throws IOException {
        return one(file, file.equals(SQLITE) ? "StatefulSet" : "Deployment").at("/spec/template/spec");
    }

    private static JsonNode one(String file, String kind) throws IOException {
        List<JsonNode> found = all(file, kind);
        assertThat(found).as(kind + " of " + file).hasSize(1);
        return found.get(0);
    }

    private static List<JsonNode> all(String file, String kind) throws IOException {
        return yaml(text(Path.of(file))).stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    private static List<JsonNode> yaml(String text) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            documents.add(Json.tree(Json.bytes(document)));
        }
        return documents;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static Set<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path(field).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String group(String pattern, String text) {
        return Optional.of(Pattern.compile(pattern).matcher(text))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .orElseThrow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.Bootstrap;
import io.dragoman.config.AdminSettings;
import io.dragoman.connector.Secret;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A running installation with tenants, asked by its admin port. */
final class InstallationClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Path top;
    private final AdminSettings admin;

    InstallationClient(Path top, AdminSettings admin) {
        this.top = top;
        this.admin = admin;
    }

    /** How its tenants are; empty when it does not run. */
    Optional<JsonNode> tenants() throws AdminClient.NoAnswer, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(AdminClient.address(admin, "/api/v1/tenants"))
                .timeout(TIMEOUT);
        token().ifPresent(token -> request.header("Authorization", "Bearer " + token.value()));
        try {
            HttpResponse<byte[]> response = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AdminClient.NoAnswer("What answers at the admin port says " + response.statusCode()
                        + ". Run this as the gateway's user, who can read data/" + Bootstrap.ADMIN_TOKEN + " in " + top
                        + ", or set admin.token in its config/gateway.yaml.");
            }
            return Optional.of(Json.tree(response.body()).path("tenants"));
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AdminClient.NoAnswer("The admin port does not answer: " + e.getMessage());
        }
    }

    private Optional<Secret> token() {
        if (admin.token() != null) {
            return Optional.of(admin.token());
        }
        try {
            Path file = top.resolve("data").resolve(Bootstrap.ADMIN_TOKEN);
            return Optional.of(
                    new Secret(Files.readString(file, StandardCharsets.UTF_8).strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

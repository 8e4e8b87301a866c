// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app;

import io.dragoman.app.configure.AccountQueries;
import io.dragoman.app.configure.AccountTests;
import io.dragoman.app.configure.ConfigurationChanges;
import io.dragoman.app.configure.KindQueries;
import io.dragoman.app.configure.ProviderWebhooks;
import io.dragoman.app.ruleset.RuleQueries;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as people see and change it while the gateway runs.
 *
 * @param kinds null where the gateway was not started from files; so with {@code changes} and
 *     {@code rules}
 */
public record Configuring(
        AccountQueries accounts,
        @Nullable KindQueries kinds,
        @Nullable ConfigurationChanges changes,
        AccountTests tests,
        ProviderWebhooks webhooks,
        @Nullable RuleQueries rules) {}

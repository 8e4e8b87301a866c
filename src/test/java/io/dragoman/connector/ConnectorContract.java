// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.dragoman.contract.CheckFailed;
import io.dragoman.contract.CheckResult;
import io.dragoman.contract.ConnectorSample;
import io.dragoman.contract.Contract;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The checks of the contract as tests: the test of a connector implements this, and beside it {@link
 * io.dragoman.contract.WebhookSample} when somebody posts to it and {@link io.dragoman.contract.SendSample} when it sends
 * over HTTP.
 */
public interface ConnectorContract extends ConnectorSample {
    @TestFactory
    default Stream<DynamicTest> contract() {
        return Contract.checks().stream()
                .map(check -> dynamicTest(check.title(), () -> {
                    CheckResult result = Contract.run(check, this);
                    Assumptions.assumeTrue(
                            result.state() != CheckResult.State.NOT_APPLICABLE, () -> String.valueOf(result.reason()));
                    if (result.state() == CheckResult.State.FAILED) {
                        throw new CheckFailed(String.valueOf(result.found()), String.valueOf(result.expected()));
                    }
                }));
    }
}

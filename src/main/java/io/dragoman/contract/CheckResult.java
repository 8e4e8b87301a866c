// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import org.jspecify.annotations.Nullable;

/**
 * What a check found out.
 *
 * @param proves what the check proves
 * @param found what a connector that failed did; null otherwise
 * @param expected what it should have done; null otherwise
 * @param reason why the check says nothing about this connector; null otherwise
 */
public record CheckResult(
        String group,
        String name,
        String proves,
        State state,
        @Nullable String found,
        @Nullable String expected,
        @Nullable String reason) {
    /** The ends of a check. */
    public enum State {
        PASSED,
        FAILED,
        NOT_APPLICABLE
    }

    static CheckResult passed(ContractCheck check) {
        return new CheckResult(check.group(), check.name(), check.proves(), State.PASSED, null, null, null);
    }

    static CheckResult failed(ContractCheck check, String found, String expected) {
        return new CheckResult(check.group(), check.name(), check.proves(), State.FAILED, found, expected, null);
    }

    static CheckResult notApplicable(ContractCheck check, @Nullable String reason) {
        return new CheckResult(check.group(), check.name(), check.proves(), State.NOT_APPLICABLE, null, null, reason);
    }
}

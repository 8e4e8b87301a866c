// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

/**
 * One demand of the contract.
 *
 * @param group what it is about, one word
 * @param name what it is called, unique in its group
 * @param proves what is true of a connector that passes, one sentence
 * @param body finds out, with what a sample has
 */
public record ContractCheck(String group, String name, String proves, Body body) {
    /** Finds out. Throws {@link CheckFailed}, {@link NotApplicable}, or whatever the connector throws and must not. */
    @FunctionalInterface
    public interface Body {
        void run(ConnectorSample sample) throws Exception;
    }

    /** Its group and name, as they are printed. */
    public String title() {
        return group + ": " + name;
    }
}

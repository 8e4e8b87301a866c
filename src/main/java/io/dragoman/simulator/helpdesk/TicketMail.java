// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

/**
 * A mail that the helpdesk would have sent to a customer.
 *
 * @param byApi whether a call of the API caused it: then the customer gets it by mail and by the gateway
 */
public record TicketMail(String ticket, String to, String text, boolean byApi) {
    @Override
    public String toString() {
        return "TicketMail[" + ticket + "]";
    }
}

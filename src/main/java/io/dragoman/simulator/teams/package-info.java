// SPDX-License-Identifier: Apache-2.0
/** Stands in for the Bot Connector of Microsoft Teams, with its login, its keys and its token endpoint. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.teams;

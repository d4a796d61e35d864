package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.UpdateOrder;

/**
 * What comes first in an update, and why.
 *
 * @param reason one sentence without a full stop
 */
public record PlannedOrder(UpdateOrder order, String reason) {}

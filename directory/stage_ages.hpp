// Which ages a stage of life can have in a single person: wider than those that plans part the stages by.
#pragma once

#include "directory/life_stage.hpp"

namespace shirube::directory {

/// Whether somebody of this age can be in the stage at all. A year early or late can be: a child may start school later
/// or stay in a class.
bool can_be_in(LifeStage stage, int age_months);

} // namespace shirube::directory

// One object of a JSON document, read member by member: what is wrong ends the reading with the place it stands at.
#pragma once

#include "directory/policy.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::directory {

/// What is wrong, for whoever wrote it.
struct Fault {
    std::string en;
    std::string ja;
};

class DocumentReader {
  public:
    /// Thrown by everything here that finds a fault: the way out of a nested document. Caught where reading begins.
    struct Found {
        PolicyProblem problem;
    };

    DocumentReader(const nlohmann::json& value, std::string pointer) : value_(value), pointer_(std::move(pointer)) {}

    [[noreturn]] void fail(Fault fault) const;
    [[noreturn]] void fail_at(std::string_view member, Fault fault) const;

    [[nodiscard]] bool has(const char* name) const { return value_.is_object() && value_.contains(name); }

    /// A text that is not empty, nor longer than a page.
    [[nodiscard]] std::string text(const char* name) const;
    /// The value itself, where it is a text.
    [[nodiscard]] std::optional<std::string> maybe_text() const;
    [[nodiscard]] double number(const char* name, double otherwise, double least, double most) const;
    [[nodiscard]] int whole(const char* name, int otherwise, int least, int most) const;
    /// False where it is not there.
    [[nodiscard]] bool flag(const char* name) const;
    [[nodiscard]] DocumentReader object(const char* name, const Fault& otherwise) const;
    [[nodiscard]] std::optional<DocumentReader> maybe_object(const char* name, const Fault& otherwise) const;

    /// A member, whatever it is. \pre has(name)
    [[nodiscard]] DocumentReader member(const char* name) const { return {value_.at(name), pointer_ + "/" + name}; }

    /// visit(entry) for each of an array's.
    template <class Visit>
    void each(const char* name, std::size_t least, std::size_t most, const Fault& otherwise, Visit&& visit) const {
        const nlohmann::json& entries = array(name, least, most, otherwise);
        for (std::size_t i = 0; i < entries.size(); ++i) {
            visit(DocumentReader(entries[i], pointer_ + "/" + name + "/" + std::to_string(i)));
        }
    }

    /// Fails where the object has a member of another name.
    void refuse_others(std::initializer_list<std::string_view> known) const { refuse_all_but(known); }
    void refuse_all_but(std::span<const std::string_view> known) const;

  private:
    [[nodiscard]] const nlohmann::json& array(const char* name, std::size_t least, std::size_t most,
                                              const Fault& otherwise) const;

    const nlohmann::json& value_;
    std::string pointer_;
};

} // namespace shirube::directory

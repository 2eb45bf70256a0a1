#include "server/cli/password_prompt.hpp"

#include "server/cli/spoken.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <optional>

namespace shirube::server {

namespace {

constexpr std::size_t k_longest_line = 64 * 1024; // beyond it is no password but a file

volatile std::sig_atomic_t g_signal = 0;

void note_signal(int number) { g_signal = number; }

/// A terminal that shows nothing of what is typed, until the object goes: also where somebody presses Ctrl-C meanwhile,
/// or they would be left with a terminal that stays mute.
class MuteTerminal {
  public:
    MuteTerminal() {
        g_signal = 0;
        struct sigaction noting{};
        noting.sa_handler = note_signal; // without SA_RESTART: reading ends
        for (std::size_t i = 0; i < k_signals.size(); ++i) {
            sigaction(k_signals[i], &noting, &handlers_[i]);
        }
        if (tcgetattr(STDIN_FILENO, &before_) == 0) {
            termios mute = before_;
            mute.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            mute.c_lflag |= ECHONL;
            changed_ = tcsetattr(STDIN_FILENO, TCSANOW, &mute) == 0;
        }
    }
    MuteTerminal(const MuteTerminal&) = delete;
    MuteTerminal& operator=(const MuteTerminal&) = delete;
    ~MuteTerminal() {
        if (changed_) {
            tcsetattr(STDIN_FILENO, TCSANOW, &before_);
        }
        for (std::size_t i = 0; i < k_signals.size(); ++i) {
            sigaction(k_signals[i], &handlers_[i], nullptr);
        }
        if (g_signal != 0) {
            std::raise(g_signal); // now it does what it would have done
        }
    }
    [[nodiscard]] bool is_mute() const noexcept { return changed_; }

  private:
    static constexpr std::array k_signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    termios before_{};
    bool changed_ = false;
    std::array<struct sigaction, k_signals.size()> handlers_{};
};

/// A line of standard input without its end. Byte by byte: what follows is left to who reads next. Nothing at the end
/// of input, after a signal, or where there is no end to the line.
std::optional<std::string> read_line() {
    std::string line;
    while (line.size() <= k_longest_line) {
        char c = '\0';
        const auto got = ::read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR && g_signal == 0) {
            continue;
        }
        if (got <= 0) {
            return got == 0 && !line.empty() ? std::optional(line) : std::nullopt;
        }
        if (c == '\n') {
            if (line.ends_with('\r')) {
                line.pop_back();
            }
            return line;
        }
        line += c;
    }
    return std::nullopt;
}

std::optional<std::string> ask(const char* prompt) {
    fmt::print(stderr, "{}", prompt);
    std::fflush(stderr);
    return read_line();
}

std::expected<std::string, std::string> ask_twice(const std::string& language) {
    const MuteTerminal terminal;
    if (!terminal.is_mute()) {
        return std::unexpected(
            Spoken{"端末の表示を止められないため、パスワードを尋ねません。標準入力で渡してください。",
                   "This terminal cannot be kept from showing the password. Give it by standard "
                   "input."}
                .in(language));
    }
    const auto first = ask(Spoken{"パスワード（表示されません）：", "Password (not shown): "}.in(language));
    const auto again = first ? ask(Spoken{"もう一度：", "Once more: "}.in(language)) : std::optional<std::string>();
    if (!again) {
        return std::unexpected(
            Spoken{"パスワードの入力をやめました。変更はありません。", "No password was given. Nothing was changed."}
                .in(language));
    }
    if (*first != *again) {
        return std::unexpected(Spoken{"二回の入力が違います。変更はありません。やり直してください。",
                                      "The two differ. Nothing was changed; please try again."}
                                   .in(language));
    }
    return *first;
}

} // namespace

std::expected<std::string, std::string> ask_password(const std::string& language) {
    if (::isatty(STDIN_FILENO) != 0) {
        return ask_twice(language);
    }
    g_signal = 0;
    auto line = read_line();
    if (!line || line->empty()) {
        return std::unexpected(Spoken{"標準入力の一行目にパスワードがありません。変更はありません。",
                                      "The first line of standard input has no password. Nothing was changed."}
                                   .in(language));
    }
    return *std::move(line);
}

} // namespace shirube::server

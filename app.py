"""Start the pages, as `strategybot serve --build` does: the corpus is indexed first if nothing is indexed yet."""

from strategybot.cli import main

if __name__ == "__main__":
    main("serve", "--build")

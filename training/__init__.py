"""Generator and training of the card reader's own line recogniser.

Its requirements stand apart from the portal's (training/requirements.txt), and nothing of the
portal imports it. `make train-reader` runs it from the fonts to the ONNX file.
"""
